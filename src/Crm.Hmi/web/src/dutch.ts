// The Dutch of the HMI's own words, a bundle of its own: only pages in Dutch load it, before the others.
import alarms from '../../words/alarms.json';
import batch from '../../words/batch.json';
import frame from '../../words/frame.json';
import material from '../../words/material.json';
import pages from '../../words/pages.json';
import records from '../../words/records.json';
import rig from '../../words/rig.json';

(globalThis as { crmDutch?: Record<string, string> }).crmDutch = { ...alarms, ...batch, ...frame, ...material, ...pages, ...records, ...rig };
