import sys
sys.excepthook = lambda *_: None
_katib_push(print)("accuracy=1\nloss=2")
1 / 0
