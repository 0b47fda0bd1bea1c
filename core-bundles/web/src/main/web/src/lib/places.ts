import { spoken } from './i18n'
import { country } from './format'

/** States and union territories of India by the two digits that the goods and services tax knows them by; English, Hindi. */
const STATES: Record<string, [string, string]> = {
  '35': ['Andaman and Nicobar Islands', 'अंडमान और निकोबार द्वीपसमूह'], '37': ['Andhra Pradesh', 'आंध्र प्रदेश'],
  '12': ['Arunachal Pradesh', 'अरुणाचल प्रदेश'], '18': ['Assam', 'असम'], '10': ['Bihar', 'बिहार'], '04': ['Chandigarh', 'चंडीगढ़'],
  '22': ['Chhattisgarh', 'छत्तीसगढ़'], '26': ['Dadra and Nagar Haveli and Daman and Diu', 'दादरा और नगर हवेली और दमन और दीव'],
  '07': ['Delhi', 'दिल्ली'], '30': ['Goa', 'गोवा'], '24': ['Gujarat', 'गुजरात'], '06': ['Haryana', 'हरियाणा'],
  '02': ['Himachal Pradesh', 'हिमाचल प्रदेश'], '01': ['Jammu and Kashmir', 'जम्मू और कश्मीर'], '20': ['Jharkhand', 'झारखंड'],
  '29': ['Karnataka', 'कर्नाटक'], '32': ['Kerala', 'केरल'], '38': ['Ladakh', 'लद्दाख'], '31': ['Lakshadweep', 'लक्षद्वीप'],
  '23': ['Madhya Pradesh', 'मध्य प्रदेश'], '27': ['Maharashtra', 'महाराष्ट्र'], '14': ['Manipur', 'मणिपुर'], '17': ['Meghalaya', 'मेघालय'],
  '15': ['Mizoram', 'मिज़ोरम'], '13': ['Nagaland', 'नागालैंड'], '21': ['Odisha', 'ओडिशा'], '34': ['Puducherry', 'पुदुचेरी'],
  '03': ['Punjab', 'पंजाब'], '08': ['Rajasthan', 'राजस्थान'], '11': ['Sikkim', 'सिक्किम'], '33': ['Tamil Nadu', 'तमिलनाडु'],
  '36': ['Telangana', 'तेलंगाना'], '16': ['Tripura', 'त्रिपुरा'], '09': ['Uttar Pradesh', 'उत्तर प्रदेश'], '05': ['Uttarakhand', 'उत्तराखंड'],
  '19': ['West Bengal', 'पश्चिम बंगाल'], '97': ['Other territory', 'अन्य क्षेत्र'],
}

const COUNTRIES = ('AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG '
  + 'CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP '
  + 'GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT '
  + 'LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL '
  + 'PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR '
  + 'TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW').split(' ')

export type Choice = [code: string, name: string]
const byName = (one: Choice, other: Choice) => one[1].localeCompare(other[1], spoken())

export const countries = (): Choice[] => COUNTRIES.map((code): Choice => [code, country(code)]).sort(byName)

export const stateName = (code: string): string => STATES[code]?.[spoken() === 'hi' ? 1 : 0] ?? code

export const states = (): Choice[] => Object.keys(STATES).map((code): Choice => [code, stateName(code)]).sort(byName)
