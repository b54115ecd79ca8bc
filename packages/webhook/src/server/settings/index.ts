export { helpLayout, layHelp, widthOfOutput } from '../../lay-help.ts';
export { addSettingFlags } from './add-flags.ts';
export { type SettingKey, type SettingValues, settingKeys } from './catalogue.ts';
export { flagOf, variableOf } from './setting.ts';
