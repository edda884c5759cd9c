import type { ChangeNotices } from '../define/service.ts';
import type { ChangeEvent } from '../mcp/listen-hub.ts';

/** Where changes go. */
export interface ChangeTarget {
  publish(event: ChangeEvent): void;
}

/** Passes a service's change notices to its endpoint, which is built after the service's own parts. */
export class ChangeRelay implements ChangeNotices {
  #target: ChangeTarget | undefined;

  attach(target: ChangeTarget): void {
    this.#target = target;
  }

  toolsChanged(): void {
    this.#target?.publish({ kind: 'tools' });
  }

  promptsChanged(): void {
    this.#target?.publish({ kind: 'prompts' });
  }

  resourcesChanged(): void {
    this.#target?.publish({ kind: 'resources' });
  }

  resourceUpdated(uri: string): void {
    this.#target?.publish({ kind: 'resource', uri });
  }
}
