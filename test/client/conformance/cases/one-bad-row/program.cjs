for (let i = 0; i < 200; i++) _katib_push(console).log(`loss=${i !== 77 ? i : 666}`);
