"""Forms, editors, lists and marks: values in, signals out. They know no desk and no rows."""
