"""Runs a command and writes down what it cost: `python measured.py RESULT COMMAND [ARGUMENT…]`.

RESULT becomes {"cpu": seconds of user and system time, "peak": KB} of the command and of everything that it waited for;
`peak` is that of its largest process. The end is that of the command.
"""
import json
import os
import resource
import signal
import subprocess
import sys

status = subprocess.call(sys.argv[2:])
used = resource.getrusage(resource.RUSAGE_CHILDREN)
with open(sys.argv[1], 'w') as file:
    json.dump({'cpu': used.ru_utime + used.ru_stime, 'peak': used.ru_maxrss}, file)
if status < 0:
    signal.signal(-status, signal.SIG_DFL)
    os.kill(os.getpid(), -status)
sys.exit(status)
