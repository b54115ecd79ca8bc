import sys
_katib_push(print)("accuracy=1\nloss=2")
sys.exit(3)
