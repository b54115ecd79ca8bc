import sys
print("accuracy=1")
_katib_push(print)("accuracy=2")
sys.stderr.write("loss=3\n")
sys.stdout.write("loss=")
sys.stdout.write("4")
