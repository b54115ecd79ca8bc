import os, time
_katib_push(print)("accuracy=1", flush=True)
_katib_push(print)("loss=2", flush=True)
end = time.monotonic() + 1
while time.monotonic() < end:
    pass
os.kill(os.getpid(), 9)
