package io.tidemark.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class VersionTupleTest {

    private static final VersionTuple TUPLE =
            new VersionTuple("base-1.3", "ft-20", "p7", "tools-4", "idx-9", "eval-12", "vllm-0.11");

    @Test
    void theVersionIdIsFixedForEver() {
        // printf 'base_model=base-1.3\nfine_tune=ft-20\nprompt=p7\ntool_schema=tools-4\nretrieval_index=idx-9\n'
        //        'eval_pass=eval-12\nserving=vllm-0.11\n' | sha256sum
        assertThat(TUPLE.versionId()).isEqualTo("1e115e117ceb5aab");
        assertThat(VersionTuple.unknown().versionId()).isEqualTo("47da5c09be31d6b6");
    }

    @Test
    void avroKeepsEveryComponent() {
        assertThat(VersionTuple.from(TUPLE.toAvro())).isEqualTo(TUPLE);
    }

    @Test
    void aControlCharacterIsRefusedWithTheComponentThatHasIt() {
        assertThatThrownBy(() -> new VersionTuple("m", "f", "p\n7", "t", "r", "e", "s"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("version component 'prompt' has a control character at index 1");
    }

    @Test
    void anEmptyComponentIsRefused() {
        assertThatThrownBy(() -> new VersionTuple("m", "", "p", "t", "r", "e", "s"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("version component 'fine_tune' is empty; use \"none\" or \"unknown\"");
    }
}
