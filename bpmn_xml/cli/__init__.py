"""The command line: `command` has the table of verbs, each verb is a module that says the rest."""
