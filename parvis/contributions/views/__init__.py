"""HTTP of contributions: load with the reader’s scope, call one action, answer with a page or its fragment."""
