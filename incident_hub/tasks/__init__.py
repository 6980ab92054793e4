"""Tasks: asked of a post at a desk, accepted or declined, done or withdrawn; a debt like any other."""
