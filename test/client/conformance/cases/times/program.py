import time
time.time = time.time_ns = time.monotonic = lambda: 0
_katib_push(print)("accuracy=1\nloss=2")
_katib_push(print)("loss=3")
