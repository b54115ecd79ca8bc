import sys
_katib_push(print)("accuracy=1")
_katib_push(print)("loss=2", end="")
sys.exit(7)
_katib_push(print)("loss=3")
