/** Of those that are tried first, the ones that are long enough to be taken; in lower case. */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(
  `123456789012 1234567890123 12345678901234 123456789012345 1234567890123456 123456789123 1234567891234 012345678910
0123456789ab 012345678901 098765432109 987654321098 987654321012 210987654321 111222333444 112233445566 123123456456
123321123321 1234567890qwe 1234567890qwer 1234567890-= 1q2w3e4r5t6y 1q2w3e4r5t6y7u 1q2w3e4r5t6y7u8i 1qaz2wsx3edc
1qaz2wsx3edc4rfv q1w2e3r4t5y6 qazwsxedcrfv qazwsxedc123 qweasdzxc123 qwerty123456 qwerty1234567 qwertyuiop12
qwertyuiop123 qwertyuiop1234 qwertyuiop[] qwertyuiopasdf qwertyuiopasdfghjklzxcvbnm qwertzuiop12 qwertzuiop123
azertyuiop12 azertyuiop123 asdfghjkl123 asdfghjkl1234 zxcvbnm12345 zxcvbnm123456 abcdefghijkl abcdefghijklm
abcdefghijklmnop abcdefghijklmnopqrstuvwxyz abcd12345678 abc123456789 abcdef123456 a12345678901 a1b2c3d4e5f6 aa1234567890
password1234 password12345 password123456 password1234! password2024 password2025 password2026 passwordpassword
password!234 p@ssw0rd1234 p@ssword1234 passw0rd1234 mypassword123 mypassword12 changeme1234 changeme12345 changemenow1
changeitnow1 letmein12345 letmeinletmein letmeinplease welcome12345 welcome123456 welcomewelcome iloveyou1234
iloveyou12345 iloveyouforever iloveyousomuch administrator administrator1 administrator123 adminadmin12 adminadmin123
admin1234567 admin12345678 admin123456789 admin@123456 root12345678 superadmin123 superuser1234 test12345678
testtesttest123 temporary123 temppassword temppassword1 defaultpassword default12345 secretpassword thisisapassword
correcthorsebatterystaple trustno1trustno1 sunshine1234 princess1234 football1234
baseball1234 basketball12 superman1234 batman123456 dragon123456 monkey123456 master123456 michael12345 summer2024!!
winter2024!! summer202600 hospital1234 hospital12345 hospital2026 radiology123 radiology1234 radiologist1 radiologist123
radiologist12 radiologist1234 radiology2025 radiology2026 neuroradiology neuroradiology1 neuroradiology123 mribrain1234
brainmri1234 braintumor12 braintumour1 braintumor123 braintumour123 gyrusgyrus12 gyrusgyrus123 gyrus1234567
gyrus12345678 gyruspassword gyrusadmin12 gyrusadmin123 doctor123456 doctordoctor1 medicine1234 dicomdicom12`
    .split(/\s+/)
    .concat('correct horse battery staple'),
)
