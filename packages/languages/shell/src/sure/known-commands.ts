import { harmless, readsText } from '../state/harmless.ts';

/** What a command does to the question which program is found. */
export type Effect =
  /** Nothing. */
  | 'none'
  /** It may make files, so that a program that is named by its path may be one of them. */
  | 'files'
  /** It may install a program, or change which one is found. */
  | 'programs'
  /** It isn't known: it may do anything. */
  | 'unknown';

/** They install programs, or make environments that hold some. What a package manager runs on (`pip`) is no such. */
const installers = new Set(
  [
    'add-apt-repository apk apt apt-get apt-key brew conda dnf dpkg easy_install flatpak mamba micromamba pdm pipenv pixi',
    'poetry pyenv rustup update-alternatives uv virtualenv yum zypper',
    // What they do stands elsewhere.
    '. activate alias enable eval source make cmake ninja service systemctl patch ln install mount umount split',
  ].flatMap((line) => line.split(' ')),
);

/** They bring files from elsewhere. */
const fileMakers = new Set(
  [
    'aria2c aws az bunzip2 bzip2 cp curl dd gcloud gdown git git-lfs gpg gsutil gunzip gzip hf huggingface-cli kaggle mc',
    'modelscope mv rclone rsync s3cmd s5cmd scp tar unxz unzip unzstd wget xz zip zstd 7z',
  ].flatMap((line) => line.split(' ')),
);

/** What the shell does itself, without a program. */
const builtins = new Set(
  (
    'builtin cd chdir command declare echo exec exit export local mapfile popd printf pushd pwd read readarray readonly ' +
    'return set shift trap typeset unset test cat tee'
  ).split(' '),
);

/** The effect of a command, by its base name. */
export function effectOf(name: string): Effect {
  if (installers.has(name)) return 'programs';
  if (fileMakers.has(name)) return 'files';
  return builtins.has(name) || harmless.has(name) || readsText.has(name) ? 'none' : 'unknown';
}
