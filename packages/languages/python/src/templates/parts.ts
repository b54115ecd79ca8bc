export { concatenate, hole, holeNamed, joinWith, knownText, literal } from '@katib-push/core';
