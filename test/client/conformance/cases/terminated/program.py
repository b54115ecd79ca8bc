import os, signal, time
_katib_push(print)("accuracy=1", flush=True)
while not os.path.exists("arrived"):
    time.sleep(0.02)
os.kill(os.getpid(), signal.SIGTERM)
time.sleep(10)
