package io.tidemark.contracts.trace;

/** What to do with each field of a writer's record, in wire order; filled by {@link PlanCompiler}. */
final class ProjectionPlan {

    /** A field whose bytes follow one another on the wire. */
    static final class Step {
        final Operation operation;

        /** {@link NumberField} ordinal, text slot, or bytes to skip, depending on the operation. */
        final int target;

        /** Branch of a two-branch union that means null; -1 outside a union. */
        final int nullBranch;

        /** Plans of what lies inside: the record, the element, or each branch of a general union. */
        final ProjectionPlan[] children;

        /** Our ordinal for each symbol of the writer's enum. */
        final int[] symbols;

        Step(Operation operation, int target, int nullBranch, ProjectionPlan[] children, int[] symbols) {
            this.operation = operation;
            this.target = target;
            this.nullBranch = nullBranch;
            this.children = children;
            this.symbols = symbols;
        }

        Step nullable(int branch) {
            return new Step(operation, target, branch, children, symbols);
        }
    }

    /** How the bytes of a step are read. */
    enum Operation {
        SKIP_NOTHING,
        SKIP_VARINT,
        SKIP_TEXT,
        SKIP_FIXED,
        SKIP_ARRAY,
        SKIP_MAP,
        UNION,
        GROUP,
        NUMBER,
        FLOAT_NUMBER,
        DOUBLE_NUMBER,
        FLAG,
        TEXT,
        MAP,
        PRESENCE,
        SYMBOL,
        SPANS
    }

    Step[] steps = {};
}
