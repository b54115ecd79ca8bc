import type { Hands } from './streams.ts';

/** Commands that prepare, wait or look, and print no metric of a training. */
export const harmless: ReadonlySet<string> = wordsOf(
  // The shell
  ': [ [[ alias bg break compgen complete continue dirs disown enable false fc fg getopts hash help history jobs let',
  'shopt suspend times true type ulimit umask unalias wait',
  // Files and folders
  'chgrp chmod chown cksum cmp cp dd df diff dir du file find fold install ln ls md5sum mkdir mkfifo mknod mount mv od',
  'readlink realpath rm rmdir sha1sum sha256sum sha512sum b2sum shred stat sync test touch truncate tree umount unlink xxd',
  'hexdump split patch pathchk mountpoint basename dirname mktemp locate',
  // Archives
  'bunzip2 bzip2 gunzip gzip tar unxz unzip xz zip zstd unzstd 7z',
  // Text from other commands, or none of a training
  'cal clear date dircolors expr expand fmt getconf numfmt openssl pr printenv rev seq shuf sum tput tr tsort tty unexpand',
  'wc yes base32 base64 envsubst join',
  // Processes and the machine
  'arch chsh dmesg free fuser gcc g++ clang nvcc cmake ninja getent groups hostid hostname hostnamectl id kill killall last',
  'ldconfig ldd locale locale-gen localedef logname lsblk lscpu lsmem lsof lspci lsusb modprobe nproc nvidia-smi rocm-smi',
  'nvidia-persistenced pgrep pkill ps sleep stty swapoff swapon sysctl top uname uptime users vmstat w which who whoami',
  'ipcs javac rustup service systemctl sshd ssh-keygen ssh-keyscan gpg',
  // The network
  'aria2c curl ifconfig ip iptables netstat nc nslookup ping route rsync scp ss wget',
  // Downloads and packages
  'add-apt-repository apk apt apt-get apt-key aws az conda debconf-set-selections dnf dpkg easy_install flatpak gcloud gdown',
  'git git-lfs gsutil hf huggingface-cli kaggle mamba mc micromamba modelscope pdm pip pip2 pip3 pip-compile pip-sync pipenv',
  'pixi poetry pyenv rclone s3cmd s5cmd update-alternatives update-ca-certificates uv virtualenv yum zypper',
  // Users
  'addgroup adduser chpasswd groupadd passwd useradd usermod',
);

/** Commands that write nothing, or whose output is noted as the shell's own. */
export const silent: ReadonlySet<string> = wordsOf(
  ': [ alias basename break builtin cd chmod chown command continue cp echo exit export false install jobs kill let ln mkdir mkfifo mktemp mv printf rm rmdir',
  'set shift shopt sleep test touch trap true ulimit umask unalias unset wait',
);

/** Modules that `-m` runs and that print no metric. */
export const harmlessModules: ReadonlySet<string> = wordsOf(
  'pip venv virtualenv ensurepip compileall py_compile site sysconfig platform zipfile tarfile json.tool',
  'spacy nltk.downloader torch.utils.collect_env',
);

/** Commands that hand every byte of their input on. */
const changesNothing = wordsOf('tee cat stdbuf unbuffer pv sponge');

/** Commands that print the text of files named as arguments. */
export const readsText: ReadonlySet<string> = wordsOf(
  'awk column comm cut egrep fgrep gawk grep head jq less more nl paste sed sort strings tac tail uniq zcat',
);

/** Commands known to print no metric that print what they read, or lines of it. */
const handsOn = wordsOf('dd envsubst expand fmt fold join numfmt pr rev shuf tr unexpand');

/** What a command hands on of what it reads. One that isn't known may print it. */
export function handsOf(name: string): Hands {
  if (changesNothing.has(name)) return 'all';
  return harmless.has(name) && !handsOn.has(name) ? 'none' : 'some';
}

/** Command lines whose output a script evaluates to set up its environment. */
export const hooks =
  /^(conda|mamba|micromamba|pyenv|direnv|ssh-agent|brew|register-python-argcomplete|dircolors|lesspipe)\b/;

function wordsOf(...lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => line.split(' ')));
}
