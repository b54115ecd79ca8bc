_katib_push(print)("[\u00a0accuracy\u2003][\u3000 0.5\t] [loss][ ] [loss][\ufeff1] [loss][\x852\u2028]")
