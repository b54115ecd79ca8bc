import atexit
atexit.register(lambda: _katib_push(print)("loss=2"))
_katib_push(print)("accuracy=1")
