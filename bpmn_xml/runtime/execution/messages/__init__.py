"""Who receives what is thrown: messages, signals, and the processes that they begin."""
