for (let i = 0; i < 2500; i++) _katib_push(console).log(`accuracy=${i} loss=-${i}`);
