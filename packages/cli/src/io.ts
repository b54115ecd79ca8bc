/** The world as the command sees it. The real one is made by `processIo`; tests give their own. */
export interface Io {
  /** How the user calls the command, as help shows it: `kubectl katib-push`. Absent for `katib-push`. */
  readonly calledAs?: string;
  readonly stdout: Output;
  readonly stderr: Output;
  /** All of standard input. */
  readonly readStdin: () => Promise<Uint8Array>;
  /** A file's bytes. Rejects with a Node error (`code: 'ENOENT'`, …). */
  readonly readFile: (path: string) => Promise<Uint8Array>;
  /** Overwrites bytes within a file, from an offset on; the rest of it, and what others append, stays. */
  readonly patchFile: (path: string, offset: number, bytes: Uint8Array) => Promise<void>;
  /** Writes a whole file, in one step: a reader finds the old text or the new one. Folders on the way are made. */
  readonly writeFile: (path: string, text: string) => Promise<void>;
  readonly removeFile: (path: string) => Promise<void>;
  /** What a path is; undefined if there is nothing. Rejects where it can't be told. */
  readonly statFile: (path: string) => Promise<'file' | 'folder' | undefined>;
  /** Names in a folder. */
  readonly listFolder: (
    path: string,
  ) => Promise<readonly { readonly name: string; readonly isFolder: boolean }[]>;
  /** Absolute folder that relative paths are resolved against: the caller's. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /**
   * Watches files and folders. `changed` resolves at the next change, and at once where there was one since the last call.
   * Editors that save by renaming count as well.
   */
  readonly watch: (paths: readonly string[]) => {
    readonly changed: () => Promise<void>;
    readonly close: () => void;
  };
  /** Resolves when the user asks to stop (SIGINT, SIGTERM, SIGHUP), with the signal's name. Listens from the call on. */
  readonly untilStopped: () => Promise<string>;
}

/** One of the two outputs. */
export interface Output {
  readonly write: (data: string | Uint8Array) => void;
  readonly isTTY: boolean;
  /** Columns of the terminal; absent where it is none. */
  readonly columns?: number;
}
