//! The function as the value of a constant that `persistence` hands out: the use is its own, handing it out is the breach.

pub fn rows() {
    persistence::w08_constant::QUERY("select 1");
    persistence::w08_constant::RUN("select 1");
}
