// undici has no types for its parts, and this one lacks what the package adds to it, such as `request`.
declare module 'undici/lib/dispatcher/pool.js' {
  import { type Dispatcher, type Pool as FullPool } from 'undici';

  export default class Pool {
    constructor(origin: string, options: FullPool.Options);
    dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean;
    destroy(): Promise<void>;
  }
}
