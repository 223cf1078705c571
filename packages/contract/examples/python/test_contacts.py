import unittest

import contract
from contacts import Contacts, ServiceError


class ContactsTest(unittest.TestCase):
    def setUp(self):
        self.contacts = Contacts(contract.url, 1400000000, "administrator", "any-text")
        self.addCleanup(contract.reset)

    def tearDown(self):
        self.assertEqual(contract.violations(), "")

    def test_reads_all_pages(self):
        contract.plan("get_contact_group", {"example": "FirstOfTwoPages"}, {"example": "LastOfTwoPages"})
        self.assertEqual(len(self.contacts.all_conversations("user_0003")), 3)

    def test_raises_an_error_that_has_http_status_200(self):
        contract.plan("get_contact_group", {"error": "UserNotImported"})
        with self.assertRaises(ServiceError) as raised:
            self.contacts.all_conversations("nobody")
        self.assertEqual(raised.exception.code, 50001)


if __name__ == "__main__":
    unittest.main()
