import { InvalidInput, NotFound, type ServiceError } from '@fairlead/server-kit/runtime';
import { Refusal } from './domain/refusal.ts';

/**
 * Runs `work`, and turns a refusal of the domain into the error that the caller sees. The domain knows no errors of the
 * kit, so every tool and resource that decides something goes through here.
 *
 * @throws ServiceError for a Refusal; whatever else `work` throws.
 */
export async function withPublicRefusals<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof Refusal ? publicRefusal(error) : error;
  }
}

function publicRefusal({ code, message, details }: Refusal): ServiceError {
  const options = { publicMessage: message, details };
  return code === 'FILE_NOT_FOUND' ? new NotFound(code, options) : new InvalidInput(code, options);
}
