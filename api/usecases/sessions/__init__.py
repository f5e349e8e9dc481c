"""Sessions of the experience centre: offered, booked, waited for, held, and judged by those who came."""
