"""What must hold of the tree. Each law is a function over a root folder and is also shown a tree that breaks it."""
