for i in range(200): _katib_push(print)("loss=%d" % (i if i != 77 else 666))
