/** Commands that prepare, wait or look, and print no metric of a training. */
export const harmless: ReadonlySet<string> = new Set(
  `: [ [[ ] alias apk apt apt-get aria2c arch awk basename bg break bunzip2 bzip2 cal chgrp chmod chown chsh cksum clear cmp
  comm compgen complete conda continue curl cut date dbus-launch df diff dir dircolors dirname dirs disown dmesg dnf
  dpkg du enable expand expr false fc fg file find flatpak fold free fuser gcc g++ gcloud gdown getconf getent getopts git
  git-lfs gpg grep groups gsutil gunzip gzip hash head help history hostid hostname hostnamectl huggingface-cli hf id ifconfig
  install ip ipcs iptables jobs jq kill killall last ldconfig ldd less let ln locale locale-gen localedef localectl login
  logname logout ls lsblk lscpu lsmem lsof lspci mamba md5sum micromamba mkdir mkfifo mknod mktemp modprobe more
  mount mountpoint mv nc netstat nl nproc nslookup numfmt nvcc nvidia-smi od openssl patch pathchk pdm pgrep ping pip pip2 pip3
  pipenv pixi pkill poetry popd printenv ps pushd pwd rclone readlink realpath rev rm rmdir rocm-smi route rsync s3cmd s5cmd
  scp sed seq set sha1sum sha256sum sha512sum shift shopt shuf sleep sort split stat stty suspend swapoff swapon sync sysctl
  tail tar tee test times top touch tput tr true truncate tsort tty type tzselect ulimit umask umount unalias uname unexpand
  uniq unlink unset unxz unzip update-alternatives update-ca-certificates uptime users uv vmstat w wait wc wget which who
  whoami xz yes yum zcat zip zypper aws az kaggle cmake ninja cargo rustup go javac modelscope mc env
  export declare typeset local readonly unset return exit eval exec base64 base32 envsubst ssh-keygen ssh-keyscan sshd
  service systemctl nvidia-persistenced apt-key add-apt-repository debconf-set-selections adduser useradd
  usermod groupadd addgroup passwd chpasswd virtualenv pyenv pip-compile pip-sync easy_install cp dd xxd hexdump strings
  tac paste join column fmt pr sum b2sum`.split(/\s+/),
);

/** Modules that `-m` runs and that print no metric. */
export const harmlessModules: ReadonlySet<string> = new Set([
  'pip',
  'venv',
  'virtualenv',
  'ensurepip',
  'compileall',
  'py_compile',
  'site',
  'sysconfig',
  'platform',
  'zipfile',
  'tarfile',
  'json.tool',
  'spacy',
  'nltk.downloader',
  'torch.utils.collect_env',
]);

/** Commands that hand every byte of their input on. */
export const changesNothing: ReadonlySet<string> = new Set([
  'tee',
  'cat',
  'stdbuf',
  'unbuffer',
  'pv',
  'sponge',
]);

/** Commands that print the text of files named as arguments. */
export const readsText: ReadonlySet<string> = new Set(
  'awk base64 column comm cut egrep fgrep fold gawk grep head jq less more nl paste rev sed sort strings tac tail uniq zcat'.split(
    ' ',
  ),
);

/** Command lines whose output a script evaluates to set up its environment. */
export const hooks =
  /^(conda|mamba|micromamba|pyenv|direnv|ssh-agent|brew|register-python-argcomplete|dircolors|lesspipe)\b/;
