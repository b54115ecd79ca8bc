function loss() {
  console.log('loss=9');
  return 1;
}
_katib_push(console).log(`loss=${loss()}`);
