for i in range(1500): _katib_push(print)("accuracy=%d" % i)
for i in range(20): _katib_push(print)("loss=%d." % (i % 10) + "7" * 60000)
