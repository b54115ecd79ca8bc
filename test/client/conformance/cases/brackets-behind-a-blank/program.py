_katib_push(print)("loss= [0.25] loss=0.5")
