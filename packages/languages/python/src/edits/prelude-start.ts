/** Our own prelude, at the place where it binds the client's name. */
export const preludeStart = /\b(_katib_push(?:_\d+)?)=lambda f,\*_:f; ?exec\(/g;
