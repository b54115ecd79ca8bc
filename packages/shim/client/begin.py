"""What the parts of the shim import: C modules, or those that import nothing else."""
import errno, fcntl, os, select, struct, sys, termios
try:
    import _signal as signal  # signal.py of Python 3 imports enum
except ImportError:
    import signal
