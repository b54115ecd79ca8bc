class Broken:
    def __str__(self):
        raise ValueError("no")
try:
    _katib_push(print)("accuracy=1", Broken())
except ValueError:
    print(" accuracy=9")
_katib_push(print)("loss=2")
print("loss=9")
