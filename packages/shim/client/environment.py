"""What the environment asks of the shim, and what of it is the program's own."""
ENVIRON = getattr(os, 'environb', os.environ)  # names and values as bytes
CONFIG, TRIAL, LABELS = b'KATIB_PUSH_CONFIG', b'KATIB_PUSH_TRIAL_NAME', b'KATIB_PUSH_POD_LABELS'
LABEL = b'KATIB_PUSH_LABEL_'  # and a number
HIDDEN_PATH = b'KATIB_PUSH_PYTHONPATH'  # where the front keeps PYTHONPATH from an interpreter that would follow it
OURS = frozenset((b'KATIB_PUSH_SHIM', CONFIG, TRIAL, LABELS, HIDDEN_PATH))
COERCED = b'LC_CTYPE'  # Python 3.7 and later put it there themselves where the locale is C (PEP 538)


def setting(name, default=None):
    """A variable as text; as os.environ.get, but UTF-8 whatever the locale."""
    value = ENVIRON.get(name.encode())
    return default if value is None else value.decode('utf-8', 'replace')


def programs_environment():
    """The environment without what was added to it for the shim, and by its interpreter."""
    env = dict((name, value) for name, value in ENVIRON.items() if name not in OURS and not name.startswith(LABEL))
    if HIDDEN_PATH in ENVIRON:
        env[b'PYTHONPATH'] = ENVIRON[HIDDEN_PATH]
    if COERCED in env:
        given = read_file('/proc/self/environ')
        if given and b'\0' + COERCED + b'=' not in b'\0' + given:
            del env[COERCED]
    return env


def read_file(path):
    """A small file's bytes; None where it can't be read."""
    try:
        file = os.open(path, os.O_RDONLY)
        try:
            parts = []
            while not parts or parts[-1]:
                parts.append(os.read(file, 65536))
            return b''.join(parts)
        finally:
            os.close(file)
    except OSError:
        return None
