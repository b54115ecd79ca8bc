_katib_push(print)("auc=1")
