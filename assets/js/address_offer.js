// <div data-picker data-address-offered="…">: choosing an employer there fills its address into the form's mailing address
// where nothing was typed, or where what the employer chosen before has still stands. The hint under the field says so.
import { each } from './dom.js';

class AddressOffer {
  constructor(part) {
    this.input = part.closest('form').elements.address;
    this.hint = document.getElementById(`${this.input.id}-hint`);
    this.texts = { usual: part.dataset.addressHint, offered: part.dataset.addressOffered };
    const radio = part.querySelector('input[type="radio"]:checked');
    this.address = radio ? radio.dataset.address : '';
    part.addEventListener('companychosen', (event) => this.offer(event.detail.address));
    this.input.addEventListener('input', () => this.tell());
  }

  offer(address) {
    const typed = this.input.value.trim();
    if (typed === '' || typed === this.address) {
      this.input.value = address;
    }
    this.address = address;
    this.tell();
  }

  tell() {
    const offered = this.address !== '' && this.input.value.trim() === this.address;
    this.hint.textContent = offered ? this.texts.offered : this.texts.usual;
  }
}

// Before the picker takes the radio buttons away.
export function enhanceAddressOffers() {
  each('[data-address-offered]', (part) => new AddressOffer(part));
}
