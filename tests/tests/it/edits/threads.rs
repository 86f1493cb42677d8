//! One thread and many say the same.
