import sys
sys.stdout.reconfigure(errors="replace")
_katib_push(print)("accuracy=0.5 \ud800 loss=1")
