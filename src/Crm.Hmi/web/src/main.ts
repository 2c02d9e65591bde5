import { about } from './about';
import { alarms } from './alarms';
import { batch } from './batch';
import { batchCommands } from './commands';
import { facePlates } from './faceplate';
import { live } from './live';
import { material } from './material';
import { overview } from './overview';
import { picture } from './picture';
import { purity } from './purity';
import { recipes } from './recipes';
import { records } from './records';
import { rigs } from './rigs';
import { shell, waitForController } from './shell';
import { trends } from './trends';
import { water } from './water';

const pages: Record<string, () => void> = { overview, picture, batch, material, trends, alarms, purity, water, recipes, records, about };

async function begin(): Promise<void> {
  if (!live.name) return waitForController();
  try {
    await live.begin();
  } catch {
    return waitForController();
  }
  shell();
  rigs();
  batchCommands();
  facePlates();
  pages[document.body.dataset.page ?? '']?.();
  document.body.dataset.ready = 'true';
}

void begin();
