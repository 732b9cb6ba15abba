/** Before each test file that judges mutants: a property that fails has killed its mutant, and need not look for its smallest case. */
import fc from "fast-check";

fc.configureGlobal({ ...fc.readConfigureGlobal(), endOnFailure: true });
