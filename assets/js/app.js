// The small comforts of every page. Each part looks for its own data- attribute and leaves a page without it alone;
// with scripts off the same pages work through plain forms and links.
import { enhanceActionPanels } from './action_panels.js';
import { enhanceAddressOffers } from './address_offer.js';
import { enhanceCaptcha } from './captcha.js';
import { enhanceChips } from './chips.js';
import { enhanceCompanyPickers } from './company_picker.js';
import { enhanceConfirmations } from './confirm.js';
import { enhanceForeseeing } from './foresee.js';
import { enhanceIdNumbers } from './id_number.js';
import { enhanceIdleHint } from './idle_hint.js';
import { enhanceLists } from './list_selection.js';
import { nameThisPage } from './page_address.js';
import { enhancePasswordEyes } from './password_eye.js';
import { enhanceReveal } from './reveal.js';
import { showCurrentTabs } from './status_tabs.js';
import { enhanceSubmitGuard } from './submit_guard.js';
import { enhanceUnsaved } from './unsaved.js';

document.documentElement.classList.add('has-script');

nameThisPage();
enhancePasswordEyes();
enhanceCaptcha();
enhanceIdNumbers();
enhanceAddressOffers();
enhanceCompanyPickers();
enhanceLists();
enhanceActionPanels();
enhanceChips();
// A refused confirmation must stop the click before the guard sees a submission.
enhanceForeseeing();
enhanceConfirmations();
enhanceSubmitGuard();
enhanceUnsaved();
enhanceReveal();
enhanceIdleHint();
showCurrentTabs();
