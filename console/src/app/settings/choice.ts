import { Component, input, model } from '@angular/core';

export interface Option {
  readonly value: string;
  readonly words: string;
}

/** One choice of a few, as radio buttons with a legend. */
@Component({
  selector: 'ds-choice',
  template: `
    <fieldset>
      <legend>{{ legend() }}</legend>
      <div>
        @for (option of options(); track option.value) {
          <label>
            <input
              type="radio"
              [name]="legend()"
              [value]="option.value"
              [checked]="option.value === value()"
              (change)="value.set(option.value)"
            />
            {{ option.words }}
          </label>
        }
      </div>
      <p class="quiet">{{ note() }}</p>
    </fieldset>
  `,
  styles: `
    fieldset {
      display: grid;
      grid-template-columns: 180px minmax(0, 1fr);
      gap: var(--sp-2) var(--sp-5);
      margin: 0;
      padding: var(--sp-4) calc(var(--cell-x) + var(--sp-1));
      border: 0;
      border-top: 1px solid var(--line);
    }
    legend {
      float: left;
      padding: 0;
      color: var(--text-2);
    }
    div {
      display: flex;
      flex-wrap: wrap;
      gap: var(--sp-3) var(--sp-6);
    }
    label {
      display: flex;
      gap: var(--sp-3);
      align-items: center;
      min-height: 24px;
    }
    input {
      width: 16px;
      height: 16px;
      margin: 0;
      accent-color: var(--accent);
    }
    input:focus-visible {
      border-radius: 50%;
    }
    p {
      grid-column: 2;
      font-size: var(--fs-2);
    }
    @media (max-width: 767px) {
      fieldset {
        grid-template-columns: minmax(0, 1fr);
      }
      p {
        grid-column: 1;
      }
    }
  `,
})
export class Choice {
  readonly legend = input.required<string>();
  readonly options = input.required<readonly Option[]>();
  readonly note = input('');
  readonly value = model.required<string>();
}
