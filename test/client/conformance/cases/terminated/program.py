import os, signal, time
_katib_push(print)("accuracy=1", flush=True)
time.sleep(2)
os.kill(os.getpid(), signal.SIGTERM)
time.sleep(10)
