// Gives names to the inputs in the forms of all records that Django leaves without: two for a time, and those of Select2.
// Gives a role to the icons that have only a name.
"use strict";

function nameInputs() {
  for (const shown of document.querySelectorAll(".select2-selection__rendered")) {
    const select = shown.closest(".select2").previousElementSibling;
    const label = select && select.labels && select.labels[0];
    if (!label) continue;
    label.id = label.id || `${select.id}-label`;
    shown.setAttribute("aria-labelledby", label.id);
    shown.parentElement.setAttribute("aria-labelledby", `${label.id} ${shown.id}`);
  }
  for (const input of document.querySelectorAll(".datetime > input")) {
    const label = input.closest(".flex-container, .form-row").querySelector("label, legend");
    input.setAttribute("aria-label", `${label.textContent} ${input.previousSibling.textContent}`.trim());
  }
}

// After the scripts that make these inputs, which wait for the same event.
if (window.django && window.django.jQuery) window.django.jQuery(nameInputs);
document.addEventListener("formset:added", nameInputs);

// The filters of two lists side by side are made when the page has loaded.
window.addEventListener("load", () => {
  for (const icon of document.querySelectorAll(".help-tooltip[aria-label]")) icon.setAttribute("role", "img");
});
