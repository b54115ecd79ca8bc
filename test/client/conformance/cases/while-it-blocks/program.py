import os, time
_katib_push(print)("accuracy=1", flush=True)
_katib_push(print)("loss=2", flush=True)
time.sleep(2)
os.kill(os.getpid(), 9)
