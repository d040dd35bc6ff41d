// The module's files say what it does.
