/** The button that takes a release back, for those who may, and the dialog that asks whether they mean it. */
import { rollBack } from "./api";
import { h } from "./dom";

export function rollbackButton(release: string): HTMLElement {
  return h("button", { type: "button", class: "danger", click: () => open(release) }, "Roll back …");
}

function open(release: string): void {
  const reason = h("input", { name: "reason", required: true, minlength: 3, maxlength: 500, autocomplete: "off" });
  const confirm = h("input", { name: "confirm", required: true, autocomplete: "off", spellcheck: "false" });
  const said = h("p", { class: "note", role: "status" });
  const command = h("button", { type: "submit", class: "danger" }, "Command the rollback");
  const cancel = h("button", { type: "button", click: () => dialog.close() }, "Cancel");
  const form = h(
    "form",
    {
      submit: async (event) => {
        event.preventDefault();
        if (confirm.value.trim() !== release) {
          said.textContent = `That is not the id of the release, ${release}.`;
          return;
        }
        command.disabled = true;
        said.textContent = "commanding …";
        try {
          const { decision_id } = await rollBack(release, confirm.value.trim(), reason.value.trim());
          said.textContent = `Commanded, decision ${decision_id}. What the consumers do stands below under "What was done".`;
          cancel.textContent = "Close";
        } catch (error) {
          said.textContent = error instanceof Error ? error.message : String(error);
          command.disabled = false;
        }
      },
    },
    h("h2", { id: "rollback-title" }, `Roll back release ${release}`),
    h("p", { class: "note" }, "The command goes the way of the canary job's own: alert, guards of the consumers, target, audit. Your name and the reason are kept."),
    h("label", {}, "Reason", reason),
    h("label", {}, `Type ${release} to confirm`, confirm),
    said,
    h("div", { class: "buttons" }, command, cancel),
  );
  const dialog = h("dialog", { "aria-labelledby": "rollback-title", close: () => dialog.remove() }, form);
  document.body.append(dialog);
  dialog.showModal();
}
